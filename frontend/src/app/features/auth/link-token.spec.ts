import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { takeLinkToken } from './link-token';

@Component({ template: '{{ token ?? "none" }}' })
class LinkPage {
  protected readonly token = takeLinkToken();
}

describe('the token of a link', () => {
  const follow = async (address: string): Promise<string | null | undefined> => {
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: 'invite', component: LinkPage }])] });
    const harness = await RouterTestingHarness.create(address);
    await harness.fixture.whenStable();
    return harness.routeNativeElement?.textContent;
  };

  it('is used by the page and leaves the address, which keeps the rest', async () => {
    expect(await follow('/invite?token=secret&from=mail')).toBe('secret');
    expect(TestBed.inject(Location).path()).toBe('/invite?from=mail');
  });

  it('survives a reload of the page', async () => {
    await follow('/invite?token=secret');
    expect(TestBed.inject(Location).getState()).toMatchObject({ token: 'secret' });
    expect(TestBed.runInInjectionContext(() => new LinkPage())).toMatchObject({ token: 'secret' });
  });

  it('is missing where no link was followed', async () => {
    expect(await follow('/invite')).toBe('none');
  });
});
