import { expect, type Page } from '@playwright/test';

/** Short enough for every field; `ran` is what no page may call, `planted` what no element of a page is named. */
export const TINY = '<svg onload=ran(0) class=planted>';

/** What people try to have run by others. Each stands for a way in which text became code somewhere. */
export const PAYLOADS = [
  '<img src=x onerror="ran(1)" class=planted>',
  '<svg onload="ran(2)" class=planted><script>ran(2)</script></svg>',
  '<math class=planted><mtext><style><img src=x onerror=ran(3)></style></mtext></math>',
  '"><script class=planted>ran(4)</script>',
  `' onmouseover='ran(5)' autofocus onfocus='ran(5)`,
  '<a class=planted href="javascript:ran(6)">press</a>',
  '[press](javascript:ran(7))',
  '[press](JaVaScRiPt:ran(8))',
  '[press](data:text/html,<script>ran(9)</script>)',
  '[press](vbscript:ran(10))',
  '[press](&#106;avascript:ran(11))',
  '&lt;img src=x onerror=ran(12)&gt;',
  '\\u003cimg src=x onerror=ran(13)\\u003e',
  '＜img src=x onerror=ran(14)＞',
  "{{constructor.constructor('ran(15)')()}}",
  '${ran(16)}',
  '<base class=planted href="https://evil.example/">',
  '<style class=planted>html{display:none}</style>',
  '<form class=planted action="https://evil.example/"><button>press</button></form>',
  '<iframe class=planted srcdoc="<script>parent.ran(19)</script>"></iframe>',
  '<template class=planted><img src=x onerror=ran(20)></template><noscript><p title="</noscript><img src=x onerror=ran(20)>">',
];

/** Nothing on the page was made of what somebody typed. */
export async function expectNothingPlanted(page: Page, where: string): Promise<void> {
  const planted = await page.evaluate(() => {
    const made =
      '.planted, base, iframe, object, embed, [srcdoc], form[action], a[href^="javascript:" i], a[href^="data:" i]';
    const inline = Array.from(document.querySelectorAll('*')).filter(({ attributes }) =>
      Array.from(attributes).some(({ name }) => name.startsWith('on')),
    );
    return [...Array.from(document.querySelectorAll(made)), ...inline].map(({ outerHTML }) => outerHTML.slice(0, 200));
  });
  expect.soft(planted, where).toEqual([]);
}
