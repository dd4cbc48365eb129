import { CdkDrag, CdkDragDrop, CdkDragHandle, CdkDropList, moveItemInArray } from '@angular/cdk/drag-drop';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton, MatIconButton } from '@angular/material/button';
import { finalize, map, Observable } from 'rxjs';

import { Category, CategoryUses } from '../../../core/api/models';
import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Confirm } from '../../../shared/dialogs/confirm';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { valueOr } from '../../../shared/resources/value-or';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { AdminApi } from '../admin-api';
import { pageKeys } from '../../../core/commands/page-keys';

const NEW = 'new';

/** What customers choose from when they write: names, hints, their order, and what is no longer offered. */
@Component({
  selector: 'app-categories-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
    CdkDrag,
    CdkDragHandle,
    CdkDropList,
    EmptyState,
    Field,
    FieldInput,
    LoadError,
    MatButton,
    MatIconButton,
    ReactiveFormsModule,
    Skeleton,
  ],
  templateUrl: './categories-page.html',
  styleUrls: ['../admin-page.scss', './categories-page.scss'],
})
export class CategoriesPage {
  private readonly api = inject(AdminApi);
  private readonly confirm = inject(Confirm);
  private readonly injector = inject(Injector);
  private readonly problems = inject(ProblemNotifier);
  private readonly unsaved = inject(UnsavedChanges);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly loaded = this.api.categories();
  protected readonly categories = linkedSignal(() => (this.loaded.hasValue() ? this.loaded.value() : null));
  /** The id of the category in the form, or `new`. */
  protected readonly editing = signal<string | null>(null);
  protected readonly busy = signal(false);
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(100)]],
    hint: ['', [Validators.maxLength(200)]],
  });

  protected readonly isDirty = toSignal(this.form.events.pipe(map(() => this.form.dirty)), { initialValue: false });
  private readonly searchField = viewChild<ElementRef<HTMLInputElement>>('field');
  private readonly uses = this.api.categoryUses();
  private readonly usesById = computed(
    () => new Map(valueOr(this.uses, []).map(({ id, uses }): [string, CategoryUses['uses']] => [id, uses])),
  );
  protected readonly search = signal('');
  protected readonly shown = computed(() => {
    const wanted = this.search().trim().toLocaleLowerCase();
    const all = this.categories() ?? [];
    return all.filter(({ name, hint }) => `${name}\n${hint ?? ''}`.toLocaleLowerCase().includes(wanted));
  });
  /** In a part of the list nobody sees where a category goes. */
  protected readonly canOrder = computed(() => !this.busy() && this.search().trim() === '');
  /** For those who do not see where a category went. */
  protected readonly said = signal('');

  readonly mayLeave = (): boolean | Promise<boolean> => this.unsaved.mayLeave();

  constructor() {
    this.unsaved.hold(() => this.editing() !== null && this.form.dirty);
    pageKeys({
      create: () => void this.add(),
      filter: () => this.searchField()?.nativeElement.focus(),
      save: () => this.save(),
      close: () => void this.close(),
    });
  }

  /** What was typed is not lost without a yes. */
  protected async close(): Promise<void> {
    if (this.editing() === null) return;
    if (!this.form.dirty || (await this.unsaved.discard())) this.editing.set(null);
  }

  protected usesOf({ id }: Category): string {
    if (!this.uses.hasValue()) return 'counting tickets';
    const uses = this.usesById().get(id);
    if (uses === undefined) return 'no tickets';
    return uses === 1 ? '1 ticket' : `${uses} tickets`;
  }

  protected isUnused({ id }: Category): boolean {
    return this.uses.hasValue() && !this.usesById().has(id);
  }

  /** One place up or down; the button keeps the focus, so that it can be pressed again. */
  protected move(category: Category, by: 1 | -1, button: MatIconButton): void {
    const from = (this.categories() ?? []).indexOf(category);
    if (!this.canOrder() || !this.order(from, from + by)) return;
    afterNextRender(() => button.focus(), { injector: this.injector });
  }

  protected dropped({ previousIndex, currentIndex }: CdkDragDrop<unknown>): void {
    this.order(previousIndex, currentIndex);
  }

  protected async remove(category: Category): Promise<void> {
    const question = {
      title: `Delete ${category.name}?`,
      text: 'No ticket has it. There is no way back.',
      confirm: 'Delete',
      danger: true,
    };
    if (!(await this.confirm.ask(question))) return;
    this.busy.set(true);
    this.api
      .removeCategory(category.id)
      .pipe(finalize(() => this.busy.set(false)))
      .subscribe({
        next: () => this.categories.update((known) => known?.filter(({ id }) => id !== category.id) ?? null),
        error: (error: unknown) => {
          this.uses.reload();
          this.problems.show(error, 'The category was not deleted');
        },
      });
  }

  /** False when there is no such place. What the server refuses is put back as the server has it. */
  private order(from: number, to: number): boolean {
    const all = [...(this.categories() ?? [])];
    if (from === to || to < 0 || to >= all.length) return false;
    moveItemInArray(all, from, to);
    this.categories.set(all);
    this.said.set(`${all[to]?.name ?? ''} is number ${to + 1} of ${all.length}.`);
    this.busy.set(true);
    this.api
      .orderCategories(all.map(({ id }) => id))
      .pipe(finalize(() => this.busy.set(false)))
      .subscribe({
        next: (stored) => this.categories.set(stored),
        error: (error: unknown) => {
          this.loaded.reload();
          this.problems.show(error, 'The order was not changed');
        },
      });
    return true;
  }

  protected async add(): Promise<void> {
    if (!(await this.canBegin())) return;
    this.form.reset({ name: '', hint: '' });
    this.editing.set(NEW);
  }

  protected async edit({ id, name, hint }: Category): Promise<void> {
    if (!(await this.canBegin())) return;
    this.form.reset({ name, hint: hint ?? '' });
    this.editing.set(id);
  }

  private canBegin(): boolean | Promise<boolean> {
    return this.editing() === null || !this.form.dirty || this.unsaved.discard();
  }

  protected save(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    const id = this.editing();
    if (id === null || this.busy()) return;
    const change = { name: this.form.controls.name.value.trim(), hint: this.form.controls.hint.value.trim() };
    const request = id === NEW ? this.api.addCategory(change) : this.api.updateCategory(id, change);
    this.run(request, (error) => this.refused(error));
  }

  protected archive(category: Category): void {
    const request = this.api.updateCategory(category.id, { archived: !category.archived });
    this.run(request, (error) => this.problems.show(error, 'The category was not changed'));
  }

  private run(request: Observable<Category>, refused: (error: unknown) => void): void {
    this.busy.set(true);
    request
      .pipe(finalize(() => this.busy.set(false)))
      .subscribe({ next: (stored) => this.stored(stored), error: refused });
  }

  private stored(category: Category): void {
    this.editing.set(null);
    this.categories.update((known) => {
      const all = known ?? [];
      const isKnown = all.some(({ id }) => id === category.id);
      return isKnown ? all.map((other) => (other.id === category.id ? category : other)) : [...all, category];
    });
  }

  private refused(error: unknown): void {
    const problem = toProblem(error);
    if (problem.code === 'name-taken') {
      this.form.controls.name.setErrors({ server: 'There is a category with this name already.' });
    } else if (placeServerErrors(this.form, problem).length > 0 || problem.errors.length === 0) {
      this.problems.show(error, 'The category was not saved');
    }
    focusFirstError(this.element);
  }
}
