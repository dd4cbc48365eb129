export { ChatModule } from './chat.module';
export { ChatService } from './chat.service';
export { messagePushed, type MessagePushed } from './message-pushed';
