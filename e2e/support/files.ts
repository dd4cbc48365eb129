import sharp from 'sharp';

/** What Playwright hands to a file input. */
export interface UploadFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A real picture: a window with a warning, as a customer would capture it. */
export async function aScreenshot(name: string, colour: string): Promise<UploadFile> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="600">
    <rect width="960" height="600" fill="#eef1f5"/>
    <rect x="60" y="60" width="840" height="480" rx="14" fill="#fff" stroke="#c9d1dc"/>
    <rect x="60" y="60" width="840" height="52" rx="14" fill="${colour}"/>
    <circle cx="480" cy="260" r="64" fill="none" stroke="${colour}" stroke-width="10"/>
    <rect x="474" y="222" width="12" height="52" fill="${colour}"/><rect x="474" y="286" width="12" height="12" fill="${colour}"/>
    <rect x="300" y="370" width="360" height="16" rx="8" fill="#d5dbe4"/><rect x="360" y="402" width="240" height="16" rx="8" fill="#e4e8ee"/>
  </svg>`;
  return { name, mimeType: 'image/png', buffer: await sharp(Buffer.from(drawing)).png().toBuffer() };
}

/** The smallest document that readers of PDF accept. */
export function aDocument(name: string): UploadFile {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(text, 'latin1') };
}
