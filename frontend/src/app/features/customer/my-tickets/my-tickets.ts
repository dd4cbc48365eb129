import { ChangeDetectionStrategy, Component } from '@angular/core';

/** All tickets of the customer. */
@Component({
  selector: 'app-my-tickets',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<h1>My tickets</h1>`,
})
export class MyTickets {}
