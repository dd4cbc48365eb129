export { NotificationsService } from './notifications.service';
export { NotificationsModule } from './notifications.module';
