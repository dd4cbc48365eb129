export { accountsTable, type DemoAccount } from './demo/demo-accounts';
export { DemoService } from './demo/demo.service';
export { StoryClock } from './demo/story-clock';
export { FirstAdmin } from './first-admin';
export { measuredRequests } from './metrics/measured-requests';
export { OperationsModule } from './operations.module';
export { UserCreation } from './user-creation';
export { VolumeLoader } from './volume/volume.service';
export { SeededRandom } from './volume/volume-random';
