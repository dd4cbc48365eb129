import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationsModule } from '../conversations';
import {
  SearchPostingsA,
  SearchPostingsB,
  SearchState,
  SearchTicketA,
  SearchTicketB,
  SearchWordA,
  SearchWordB,
} from './index/index.entities';
import { IndexTables } from './index/index-tables';
import { IndexWriter } from './index/index-writer';
import { Indexer } from './index/indexer';
import { PeopleWatch } from './index/people-watch';
import { RebuildTables } from './index/rebuild-tables';
import { SearchWorker } from './index/search.worker';
import { TicketTexts } from './index/ticket-texts';
import { TicketSearch } from '../tickets';
import { FoundTexts } from './find/found-texts';
import { OperatorLookup } from './find/operator-lookup';
import { Searcher } from './find/searcher';
import { WordLookup } from './find/word-lookup';
import { SearchRebuild } from './search-rebuild';
import { SearchJobs } from './search.jobs';
import { IndexedTicketSearch } from './ticket-search.service';

const TABLES = [SearchState, SearchWordA, SearchWordB, SearchPostingsA, SearchPostingsB, SearchTicketA, SearchTicketB];

/** Finds tickets by what is said in them. Global, because it binds a port of `tickets`. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature(TABLES), ConversationsModule],
  providers: [
    FoundTexts,
    Indexer,
    IndexTables,
    IndexWriter,
    OperatorLookup,
    PeopleWatch,
    RebuildTables,
    Searcher,
    SearchJobs,
    SearchRebuild,
    SearchWorker,
    TicketTexts,
    WordLookup,
    { provide: TicketSearch, useClass: IndexedTicketSearch },
  ],
  exports: [TicketSearch],
})
export class SearchModule {}
