const FONT = 'font-family="DejaVu Sans, Segoe UI, Helvetica, Arial, sans-serif"';
const INK = '#1f2333';
const SOFT = '#6b7085';
const ACCENT = '#0f766e';

const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;

interface TextStyle {
  size?: number;
  fill?: string;
  weight?: number;
}

const text = (x: number, y: number, words: string, { size = 15, fill = INK, weight = 400 }: TextStyle = {}): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" font-weight="${weight}" ${FONT}>${words}</text>`;

const svg = (width: number, height: number, ...parts: string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${rect(0, 0, width, height, '#ffffff')}${parts.join('')}</svg>`;

const NAVIGATION = ['Calendar', 'Bookings', 'Customers', 'Reports', 'Settings'];

/** The window of the product that the people of the demo use. */
function appWindow(active: string, ...parts: string[]): string {
  const items = NAVIGATION.map((name, index) => {
    const y = 96 + index * 48;
    const isActive = name === active;
    const background = isActive ? rect(12, y - 26, 176, 40, '#d9efec', 8) : '';
    return `${background}${text(32, y, name, { fill: isActive ? ACCENT : SOFT, weight: isActive ? 600 : 400 })}`;
  });
  return svg(
    1200,
    760,
    rect(0, 0, 1200, 48, ACCENT),
    text(28, 31, 'Tidebook', { size: 18, fill: '#ffffff', weight: 700 }),
    `<circle cx="1160" cy="24" r="14" fill="#5eb5ab"/>`,
    rect(0, 48, 200, 712, '#f4f6f8'),
    ...items,
    text(240, 102, active, { size: 26, weight: 600 }),
    ...parts,
  );
}

const bookingRows = Array.from({ length: 9 }, (_, index) => {
  const y = 150 + index * 60;
  return [
    rect(240, y, 920, 48, index % 2 ? '#ffffff' : '#f7f8fa', 6),
    text(260, y + 30, ['Morning flow', 'Pilates I', 'Spin 45', 'Yoga basics', 'Strength'][index % 5]),
    text(560, y + 30, `${8 + index}:30`, { fill: SOFT }),
    text(760, y + 30, `${12 - (index % 4)} of 12 places`, { fill: SOFT }),
    rect(1040, y + 12, 96, 24, index % 3 ? '#d9efec' : '#fde8d0', 12),
  ].join('');
});

/** A message that stands in the way. */
export const ERROR_DIALOG = appWindow(
  'Bookings',
  ...bookingRows,
  rect(0, 0, 1200, 760, 'rgba(20,22,34,0.55)'),
  rect(370, 250, 460, 230, '#ffffff', 14),
  `<circle cx="422" cy="306" r="22" fill="#c62839"/>`,
  text(416, 315, '!', { size: 26, fill: '#ffffff', weight: 700 }),
  text(460, 314, 'Something went wrong', { size: 21, weight: 600 }),
  text(400, 362, 'The request could not be completed.', { fill: SOFT }),
  text(400, 390, 'Error 4012 · reference 7f3a-19c2', { fill: SOFT }),
  rect(698, 420, 108, 40, ACCENT, 20),
  text(730, 446, 'Close', { fill: '#ffffff', weight: 600 }),
);

const field = (y: number, label: string, value: string): string =>
  [
    text(240, y, label, { size: 13, fill: SOFT }),
    rect(240, y + 10, 460, 44, '#d4d8e0', 8),
    rect(241, y + 11, 458, 42, '#ffffff', 7),
    text(258, y + 38, value),
  ].join('');

const toggle = (y: number, label: string, isOn: boolean): string =>
  [
    text(780, y, label),
    rect(1060, y - 18, 52, 28, isOn ? ACCENT : '#c3c8d2', 14),
    `<circle cx="${isOn ? 1098 : 1074}" cy="${y - 4}" r="10" fill="#ffffff"/>`,
  ].join('');

export const SETTINGS = appWindow(
  'Settings',
  field(150, 'Name of the studio', 'Raman Yoga Lisboa'),
  field(240, 'Time zone', 'Europe/Lisbon'),
  field(330, 'Reminders', '24 hours before'),
  field(420, 'Currency', 'EUR'),
  toggle(180, 'Send reminders', true),
  toggle(240, 'Card payments', true),
  toggle(300, 'Waiting list', true),
  toggle(360, 'Newsletter', false),
  rect(240, 530, 120, 44, ACCENT, 22),
  text(280, 558, 'Save', { fill: '#ffffff', weight: 600 }),
);

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];
const COLOURS = ['#d9efec', '#e3e5fb', '#fde8d0', '#e7f0d8'];

const days = DAYS.map((day, index) => {
  const x = 300 + index * 176;
  const blocks = Array.from({ length: 4 }, (_, slot) => {
    const y = 170 + slot * 140 + (index % 2) * 28;
    return rect(x + 6, y, 160, 92, COLOURS[(index + slot) % 4], 8) + text(x + 20, y + 30, `Room ${1 + (slot % 2)}`);
  });
  return [text(x + 60, 140, day, { fill: SOFT, weight: 600 }), rect(x, 152, 1, 600, '#e4e7ec'), ...blocks].join('');
});

/** Two groups in one room. */
export const CALENDAR = appWindow(
  'Calendar',
  ...days,
  rect(482, 338, 160, 92, '#f9d3d6', 8),
  text(496, 368, 'Room 2', { weight: 600, fill: '#9b1c2c' }),
  rect(506, 376, 160, 92, '#f4b4ba', 8),
  text(520, 406, 'Room 2', { weight: 600, fill: '#9b1c2c' }),
  `<ellipse cx="574" cy="402" rx="130" ry="92" fill="none" stroke="#d6001c" stroke-width="6"/>`,
);

const bars = [212, 260, 238, 301, 344, 412].map((value, index) => {
  const x = 280 + index * 140;
  const height = Math.round(value * 0.9);
  return [
    rect(x, 620 - height, 84, height, index === 5 ? ACCENT : '#9fd0ca', 6),
    text(x + 24, 610 - height, String(value), { weight: 600 }),
    text(x + 26, 648, ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'][index], { fill: SOFT }),
  ].join('');
});

export const REPORT = appWindow('Reports', text(240, 140, 'Bookings by month', { fill: SOFT }), ...bars);

/** The same product on a phone, with a page that stays empty. */
export const PHONE = svg(
  780,
  1688,
  rect(0, 0, 780, 96, '#f4f6f8'),
  text(48, 60, '9:41', { size: 30, weight: 600 }),
  rect(0, 96, 780, 128, ACCENT),
  text(48, 174, 'Tidebook', { size: 38, fill: '#ffffff', weight: 700 }),
  rect(48, 280, 420, 36, '#e4e7ec', 10),
  rect(48, 348, 684, 24, '#f0f2f5', 10),
  rect(48, 392, 600, 24, '#f0f2f5', 10),
  `<circle cx="390" cy="820" r="70" fill="none" stroke="#c3c8d2" stroke-width="10" stroke-dasharray="300 140"/>`,
  text(296, 960, 'Please wait', { size: 32, fill: SOFT }),
  rect(260, 1640, 260, 12, '#1f2333', 6),
);
