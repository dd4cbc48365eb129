import type { INestApplicationContext } from '@nestjs/common';
import { loadDemo } from './background-app';
import { Settings } from './config';
import { FirstAdmin, type DemoAccount } from './operations';
import { UsersService } from './users';

/**
 * Fills a fresh database: the admin of the settings, and sample people when the settings ask for them and nobody was
 * there before. Returns the accounts of the demo, to be shown this one time.
 */
export async function prepareFirstStart(app: INestApplicationContext): Promise<DemoAccount[]> {
  const settings = app.get(Settings);
  const wasEmpty = await app.get(UsersService, { strict: false }).isEmpty();
  await app.get(FirstAdmin, { strict: false }).ensure();
  return settings.demo && wasEmpty ? loadDemo(settings) : [];
}
