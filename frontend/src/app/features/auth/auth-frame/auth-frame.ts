import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';

import { LanguageChoice } from '../../../core/language/language-choice';
import { BrandMark } from '../../../shared/brand/brand-mark';
import { t } from '../../../shared/texts/text';

/** What the pages before sign-in share: the name, a picture of what it is about, and a column for the form. */
@Component({
  selector: 'app-auth-frame',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [BrandMark, LanguageChoice, RouterLink],
  templateUrl: './auth-frame.html',
  styleUrl: './auth-frame.scss',
})
export class AuthFrame {
  protected readonly t = t;
  readonly heading = input.required<string>();
  readonly lead = input<string>();
}
