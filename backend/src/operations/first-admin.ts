import { Injectable, Logger } from '@nestjs/common';
import { Passwords } from '../auth';
import { Settings } from '../config';
import { UnitOfWork } from '../database';
import { EmailTaken, UsersService } from '../users';

/** Makes the admin of `ADMIN_EMAIL` and `ADMIN_PASSWORD` on a database that has no admin. */
@Injectable()
export class FirstAdmin {
  private readonly logger = new Logger(FirstAdmin.name);

  constructor(
    private readonly settings: Settings,
    private readonly users: UsersService,
    private readonly passwords: Passwords,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async ensure(): Promise<void> {
    const { admin } = this.settings;
    if (!admin || (await this.users.hasAdmin())) return;
    const passwordHash = await this.passwords.hash(admin.password, 'ADMIN_PASSWORD');
    const person = { email: admin.email, name: 'Admin', role: 'admin', passwordHash, confirmed: true } as const;
    try {
      await this.unitOfWork.run((tx) => this.users.create(tx, person));
    } catch (error) {
      if (!(error instanceof EmailTaken)) throw error;
      this.logger.warn('ADMIN_EMAIL belongs to somebody who is not an admin; no admin was made');
    }
  }
}
