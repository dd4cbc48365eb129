import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { IN_TRANSACTION_KEY, type DomainEvent, type Transaction } from './domain-event';

type Listener = (event: DomainEvent, tx: Transaction) => Promise<void>;

/** Finds the `@InTransaction` methods of all providers at start and calls them inside the unit of work. */
@Injectable()
export class TransactionListeners implements OnModuleInit {
  private readonly listeners = new Map<string, Listener[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (!instance || typeof instance !== 'object') continue;
      const provider = instance as Record<string, Listener>;
      for (const method of this.scanner.getAllMethodNames(Object.getPrototypeOf(provider) as object)) {
        const name = this.reflector.get<string | undefined>(IN_TRANSACTION_KEY, provider[method]);
        if (name) this.add(name, (event, tx) => provider[method](event, tx));
      }
    }
  }

  async run(event: DomainEvent, tx: Transaction): Promise<void> {
    for (const listener of this.listeners.get(event.name) ?? []) await listener(event, tx);
  }

  private add(name: string, listener: Listener): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }
}
