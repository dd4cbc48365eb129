import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { User } from '../../../core/api/models';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { valueOr } from '../../../shared/resources/value-or';
import { LoadError } from '../../../shared/states/load-error';

export interface LeaveQuestion {
  readonly user: User;
  readonly title: string;
  readonly text: string;
  /** The words on the button that does it. */
  readonly confirm: string;
  /** What has to be typed before it can be done; nothing by default. */
  readonly typed?: string;
}

export interface Leave {
  /** Who gets the tickets; null for the queue. */
  readonly reassignTo: string | null;
}

/** Asks, before somebody leaves, where the tickets of staff go, and for words to be typed; closes with a Leave only for the confirming button. */
@Component({
  selector: 'app-leave-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [LoadError, MatButton, MatDialogActions, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ question.title }}</h2>
    <mat-dialog-content>
      <p>{{ question.text }}</p>
      @if (isStaff) {
        @if (agents.error(); as error) {
          <app-load-error heading="The team could not be loaded" [error]="error" (retry)="agents.reload()" />
        }
        <label>
          {{ label() }}
          <select #field class="app-input" (change)="successor.set(field.value)">
            <option value="">The queue, for anybody to claim</option>
            @for (agent of others(); track agent.id) {
              <option [value]="agent.id">{{ agent.name }} ({{ agent.load }} open)</option>
            }
          </select>
        </label>
        <p class="note">Closed tickets keep the name.</p>
      }
      @if (question.typed; as words) {
        <label>
          Type “{{ words }}” to go on
          <input #typing class="app-input" autocomplete="off" (input)="typed.set(typing.value)" />
        </label>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" cdkFocusInitial (click)="dialog.close()">Cancel</button>
      <button matButton="filled" type="button" class="danger" [disabled]="!isTyped()" (click)="leave()">
        {{ question.confirm }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    label {
      display: grid;
      gap: 6px;
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-title-small);
    }

    .note {
      margin: 8px 0 0;
      font: var(--mat-sys-body-small);
    }

    label + label,
    .note + label {
      margin-block-start: 16px;
    }

    .danger {
      --mat-button-filled-container-color: var(--mat-sys-error);
      --mat-button-filled-label-text-color: var(--mat-sys-on-error);
    }
  `,
})
export class LeaveDialog {
  protected readonly question = inject<LeaveQuestion>(MAT_DIALOG_DATA);
  protected readonly dialog = inject<MatDialogRef<LeaveDialog, Leave>>(MatDialogRef);

  protected readonly isStaff = this.question.user.role !== 'customer';
  protected readonly typed = signal('');
  protected readonly isTyped = computed(() => {
    const { typed } = this.question;
    return typed === undefined || sameWords(this.typed(), typed);
  });
  protected readonly agents = inject(TicketsApi).agents();
  protected readonly successor = signal('');
  private readonly team = computed(() => valueOr(this.agents, []));
  protected readonly others = computed(() => this.team().filter(({ id }) => id !== this.question.user.id));
  protected readonly label = computed(() => {
    const load = this.team().find(({ id }) => id === this.question.user.id)?.load;
    if (load === undefined) return 'Tickets that are not closed go to';
    return load === 1 ? 'One open ticket goes to' : `${load} open tickets go to`;
  });

  protected leave(): void {
    this.dialog.close({ reassignTo: this.successor() || null });
  }
}

/** Names may hold spaces that nobody sees. */
const sameWords = (typed: string, wanted: string): boolean => plain(typed) === plain(wanted);
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLocaleLowerCase();
