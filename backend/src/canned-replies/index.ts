export { CannedRepliesModule } from './canned-replies.module';
export { CannedRepliesService } from './canned-replies.service';
