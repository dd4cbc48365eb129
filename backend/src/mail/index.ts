export { MailModule } from './mail.module';
export { Mailer } from './mailer';
export { renderMail } from './mail-template';
