import { Pipe, PipeTransform } from '@angular/core';

import { locale } from '../texts/catalogue';

const UNITS = ['kilobyte', 'megabyte', 'gigabyte'] as const;

/** "820 B", "1.4 MB", in the person's own way of writing numbers. */
export function formatFileSize(bytes: number): string {
  if (bytes < 1024) return format(bytes, 'byte', 0);
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return format(value, UNITS[unit] ?? 'kilobyte', value < 10 ? 1 : 0);
}

function format(value: number, unit: string, maximumFractionDigits: number): string {
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(
    value,
  );
}

/** Not pure: a change of language writes the same size anew. */
@Pipe({ name: 'fileSize', pure: false })
export class FileSizePipe implements PipeTransform {
  transform(bytes: number): string {
    return formatFileSize(bytes);
  }
}
