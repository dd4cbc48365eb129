export { SearchWorker } from './index/search.worker';
export { SearchModule } from './search.module';
export { SearchRebuild, type RebuildProgress } from './search-rebuild';
