import { assign, chat, claim, comment, note, priority, read, status, tags, type Story } from './story';

/** What is done: resolved and closed tickets of the days before. */
export const OLD_STORIES: readonly Story[] = [
  {
    hoursAgo: 212,
    requester: 'daniel',
    subject: 'Invoice 2026-0417 shows the wrong VAT number',
    description:
      'Hello,\n\nour tax advisor noticed that the invoice of last month still has our old VAT number on it. We changed it in the settings in March.\n\nCould you send us a corrected one? The PDF is attached.',
    category: 'Billing',
    priority: 'medium',
    files: ['invoice-2026-0417.pdf'],
    steps: [
      claim('jonas', 38),
      comment(
        'jonas',
        9,
        'Hello Daniel, thank you for the PDF. I can see the old number and have asked accounting for a corrected invoice.',
      ),
      note(
        'jonas',
        3,
        'The billing profile was changed on the 14th, the invoice run had started on the 13th. Correction requested.',
      ),
      comment(
        'jonas',
        1_310,
        'Here is the corrected invoice. It replaces the first one and has the same number with a K at the end.',
        'invoice-2026-0417-k.pdf',
      ),
      chat('daniel', 95, 'Perfect, our advisor is happy. Thank you!'),
      status('jonas', 12, 'resolved'),
      status('jonas', 2_880, 'closed'),
      read('daniel', 4),
    ],
  },
  {
    hoursAgo: 190,
    requester: 'chloe',
    subject: 'How do I give my colleague access?',
    description:
      'My colleague Luc starts on Monday. He should see the calendar and confirm bookings, but not the invoices. Is there a role for that?',
    category: 'Account',
    priority: 'low',
    steps: [
      claim('marta', 25),
      chat(
        'marta',
        6,
        'Hi Chloé! Yes: open *Team*, choose “Invite”, and give Luc the role “Front desk”. He will see calendar and bookings only.',
      ),
      chat('chloe', 14, 'Found it. Can he move bookings to another room too?'),
      chat('marta', 3, 'He can. Everything inside the calendar is open to him, prices and invoices are not.'),
      chat('chloe', 8, 'Great, the invitation is out. That was quick 🙂'),
      status('chloe', 1, 'closed'),
      read('chloe', 1),
      read('marta', 5),
    ],
  },
  {
    hoursAgo: 166,
    requester: 'priya',
    subject: 'Reminders arrive an hour early since the clock change',
    description:
      'Since Sunday all reminders of our studio go out one hour early. Customers stand at the door while the class before is still running.\n\nWe are in Lisbon; the time zone in the settings says so as well.',
    category: 'Technical',
    priority: 'high',
    files: ['settings.png'],
    steps: [
      claim('marta', 11),
      priority('marta', 1, 'urgent'),
      chat(
        'marta',
        5,
        'Hello Priya, I am sorry. I can see it in your account: reminders of series that were made before Sunday are affected.',
      ),
      note(
        'marta',
        7,
        'Series keep the offset of the day they were created on. @Jonas Weber can you look at the job that expands them?',
      ),
      note('jonas', 22, 'Found it, the expansion used the stored offset instead of the zone. Fix goes out tonight.'),
      chat(
        'marta',
        30,
        'We found the cause and repair it tonight. Until then new bookings are right, old series are not.',
      ),
      chat('priya', 6, 'Thank you for telling. I will warn my teachers.'),
      comment(
        'marta',
        900,
        'The repair is live, and all reminders of your series were computed anew. Could you check tomorrow’s classes?',
      ),
      chat('priya', 240, 'Checked, all of them are right.'),
      tags('marta', 2, 'reminders', 'time-zone'),
      status('marta', 1, 'resolved'),
      read('priya', 30),
      read('jonas', 2),
    ],
  },
  {
    hoursAgo: 121,
    requester: 'daniel',
    subject: 'Change of our bank account',
    description: 'We changed banks. What do I have to do so that the next invoice is taken from the new account?',
    category: 'Billing',
    priority: 'low',
    steps: [
      assign('helen', 55, 'jonas'),
      comment(
        'jonas',
        20,
        'Hello Daniel, please enter the new account under *Settings → Payment*. The next invoice uses it by itself.',
      ),
      status('jonas', 1, 'resolved'),
      chat('daniel', 190, 'Done. Is there anything to sign?'),
      chat('jonas', 15, 'No, entering it there is the mandate. You get it by mail as a PDF.'),
      status('jonas', 2, 'resolved'),
      read('daniel', 60),
    ],
  },
  {
    hoursAgo: 98,
    requester: 'chloe',
    subject: 'The logo is blurred on the booking page',
    description:
      'On a phone our logo looks washed out on the booking page, on the computer it is fine. The file is 200 × 60 pixels.',
    category: 'Technical',
    priority: 'low',
    files: ['phone.png'],
    steps: [
      claim('jonas', 130),
      chat('jonas', 4, 'Phones need about three times as many points. Do you have the logo larger, or as SVG?'),
      chat('chloe', 47, 'I have 1200 × 360. Is that enough?'),
      chat('jonas', 6, 'More than enough. Upload it in the same place, the page makes the small sizes itself.'),
      chat('chloe', 19, 'Sharp now, thanks!'),
      status('jonas', 3, 'closed'),
      read('chloe', 25),
    ],
  },
];
