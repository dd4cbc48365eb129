export { MailList } from './mail-list';
export { MailModule } from './mail.module';
export { Mailer, NoMailServer } from './mailer';
export { renderMail, type MailContent } from './mail-template';
export { SmtpDelivery } from './smtp-delivery';
export { type MailSetting } from './mail.entity';
export { mailTexts, type MailReason, type MailTexts, type Wording } from './texts';
export { UnsubscribeLinks } from './unsubscribe-links';
