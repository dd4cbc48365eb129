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
import { SearchRebuild } from './search-rebuild';

const TABLES = [SearchState, SearchWordA, SearchWordB, SearchPostingsA, SearchPostingsB, SearchTicketA, SearchTicketB];

/** Finds tickets by what is said in them. Global, because it binds a port of `tickets`. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature(TABLES), ConversationsModule],
  providers: [IndexTables, IndexWriter, Indexer, PeopleWatch, RebuildTables, SearchRebuild, SearchWorker, TicketTexts],
})
export class SearchModule {}
