import { ChangeDetectionStrategy, Component, ElementRef, inject, linkedSignal, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { finalize, Observable } from 'rxjs';

import { Category } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { AdminApi } from '../admin-api';

const NEW = 'new';

/** What customers choose from when they write: names, hints, and what is no longer offered. */
@Component({
  selector: 'app-categories-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, EmptyState, Field, FieldInput, LoadError, MatButton, ReactiveFormsModule, Skeleton],
  templateUrl: './categories-page.html',
  styleUrl: '../admin-page.scss',
})
export class CategoriesPage {
  private readonly api = inject(AdminApi);
  private readonly problems = inject(ProblemNotifier);
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

  protected add(): void {
    this.form.reset({ name: '', hint: '' });
    this.editing.set(NEW);
  }

  protected edit({ id, name, hint }: Category): void {
    this.form.reset({ name, hint: hint ?? '' });
    this.editing.set(id);
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
