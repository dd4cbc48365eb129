import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

export type AvatarPresence = 'online' | 'away' | 'offline';

/** Steady hues for names, chosen so that white initials stay readable on all of them. */
const HUES = [168, 205, 262, 318, 12, 32, 96, 230];

/** A person as initials on a colour of their own, with a dot for presence. Decoration: the name stands beside it. */
@Component({
  selector: 'app-avatar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    <span class="face" [style.--app-avatar-hue]="hue()">{{ initials() }}</span>
    @if (presence(); as state) {
      <span class="dot" [class]="state"></span>
    }
  `,
  styleUrl: './avatar.scss',
})
export class Avatar {
  readonly name = input.required<string>();
  /** Left out where presence is not known or does not matter. */
  readonly presence = input<AvatarPresence | null>(null);

  protected readonly initials = computed(() => initialsOf(this.name()));
  protected readonly hue = computed(() => HUES[hash(this.name()) % HUES.length]);
}

/** "Ana Lima" → "AL"; understands letters outside the basic plane. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 100_003;
  return value;
}
