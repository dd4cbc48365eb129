import sharp from 'sharp';
import { CALENDAR, ERROR_DIALOG, PHONE, REPORT, SETTINGS } from './drawings';
import { samplePdf } from './sample-pdf';

interface DemoFile {
  mediaType: 'image/png' | 'application/pdf';
  bytes: () => Promise<Buffer>;
}

const drawn = (svg: string): DemoFile => ({
  mediaType: 'image/png',
  bytes: () => sharp(Buffer.from(svg)).png().toBuffer(),
});

const invoice = (number: string, vatNumber: string): DemoFile => ({
  mediaType: 'application/pdf',
  bytes: () =>
    Promise.resolve(
      samplePdf([
        'Tidebook Ltd.',
        `Invoice ${number}`,
        '',
        'Costa Climbing Hall',
        `VAT number ${vatNumber}`,
        '',
        'Plan Studio, one month            49.00 EUR',
        '418 bookings at 0.05 EUR          20.90 EUR',
        'VAT 23 %                          16.08 EUR',
        'Total                             85.98 EUR',
      ]),
    ),
});

/** The files that people of the demo attach; all of them are made here. */
export const DEMO_FILES = {
  'error-dialog.png': drawn(ERROR_DIALOG),
  'settings.png': drawn(SETTINGS),
  'calendar.png': drawn(CALENDAR),
  'report.png': drawn(REPORT),
  'phone.png': drawn(PHONE),
  'invoice-2026-0417.pdf': invoice('2026-0417', 'PT 501 234 567'),
  'invoice-2026-0417-k.pdf': invoice('2026-0417-K', 'PT 508 765 432'),
} as const satisfies Record<string, DemoFile>;

export type DemoFileName = keyof typeof DEMO_FILES;
