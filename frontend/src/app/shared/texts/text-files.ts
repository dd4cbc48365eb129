import accountDe from '../../../texts/de/account.json';
import adminDe from '../../../texts/de/admin.json';
import agentDe from '../../../texts/de/agent.json';
import authDe from '../../../texts/de/auth.json';
import commandsDe from '../../../texts/de/commands.json';
import commonDe from '../../../texts/de/common.json';
import conversationDe from '../../../texts/de/conversation.json';
import customerDe from '../../../texts/de/customer.json';
import noticesDe from '../../../texts/de/notices.json';
import problemsDe from '../../../texts/de/problems.json';
import ticketsDe from '../../../texts/de/tickets.json';
import accountEn from '../../../texts/en/account.json';
import adminEn from '../../../texts/en/admin.json';
import agentEn from '../../../texts/en/agent.json';
import authEn from '../../../texts/en/auth.json';
import commandsEn from '../../../texts/en/commands.json';
import commonEn from '../../../texts/en/common.json';
import conversationEn from '../../../texts/en/conversation.json';
import customerEn from '../../../texts/en/customer.json';
import noticesEn from '../../../texts/en/notices.json';
import problemsEn from '../../../texts/en/problems.json';
import ticketsEn from '../../../texts/en/tickets.json';

/**
 * Where the words are, by language and area. To the compiler an import of JSON is what stands in it; the builder
 * (`loader` in angular.json) puts the file beside the scripts instead, under a name that changes with its content, and
 * the import is its address.
 */
export const TEXT_FILES = {
  en: {
    account: accountEn,
    admin: adminEn,
    agent: agentEn,
    auth: authEn,
    commands: commandsEn,
    common: commonEn,
    conversation: conversationEn,
    customer: customerEn,
    notices: noticesEn,
    problems: problemsEn,
    tickets: ticketsEn,
  },
  de: {
    account: accountDe,
    admin: adminDe,
    agent: agentDe,
    auth: authDe,
    commands: commandsDe,
    common: commonDe,
    conversation: conversationDe,
    customer: customerDe,
    notices: noticesDe,
    problems: problemsDe,
    tickets: ticketsDe,
  },
};

type English = (typeof TEXT_FILES)['en'];
type KeyIn<Area extends keyof English> = keyof English[Area];

/** A part of the product whose words are loaded together; every key begins with its name. */
export type TextArea = keyof English;

/** The name of a text, such as `auth.signIn.heading`. */
export type TextKey = { [Area in TextArea]: KeyIn<Area> }[TextArea];
