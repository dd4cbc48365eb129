import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';

import { Confirm } from './confirm';

@Component({ template: '' })
class AnyPage {}

describe('Confirm', () => {
  const ask = async () => {
    const loader = TestbedHarnessEnvironment.documentRootLoader(TestBed.createComponent(AnyPage));
    const answer = TestBed.inject(Confirm).ask({
      title: 'Delete #1001?',
      text: 'It goes for both sides.',
      confirm: 'Delete ticket',
      danger: true,
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const dialog = await loader.getHarness(MatDialogHarness);
    const press = async (text: string) => (await loader.getHarness(MatButtonHarness.with({ text }))).click();
    return { answer, dialog, press };
  };

  it('says what is asked', async () => {
    const { dialog } = await ask();
    expect(await dialog.getRole()).toBe('alertdialog');
    expect(await dialog.getText()).toContain('It goes for both sides.');
    await dialog.close();
  });

  it('is a yes only for the confirming button', async () => {
    const { answer, press } = await ask();
    await press('Delete ticket');
    expect(await answer).toBe(true);
  });

  it('is a no for Cancel', async () => {
    const { answer, press } = await ask();
    await press('Cancel');
    expect(await answer).toBe(false);
  });

  it('is a no for Escape', async () => {
    const { answer, dialog } = await ask();
    await dialog.close();
    expect(await answer).toBe(false);
  });
});
