import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access';
import { AuditLog } from '../../audit';
import { UnitOfWork, type Transaction } from '../../database';
import { defaultPreferences, merged, type Preferences } from '../preferences';
import { StaffDefaultsDto, type StaffDefaultsPatch } from './staff-defaults.dto';
import { StaffDefaults } from './staff-defaults.entity';

const ID = 'staff';

/** The preferences that new agents and admins begin with. Whoever is there already keeps their own. */
@Injectable()
export class StaffDefaultsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  async shown(): Promise<StaffDefaultsDto> {
    return StaffDefaultsDto.from(await this.preferences());
  }

  /** Inside a unit of work pass its `tx`. */
  async preferences(tx?: Transaction): Promise<Preferences> {
    const { preferences } = await (tx ?? this.dataSource).manager.findOneByOrFail(StaffDefaults, { id: ID });
    return merged(defaultPreferences(), preferences);
  }

  async update(actor: Actor, change: StaffDefaultsPatch): Promise<StaffDefaultsDto> {
    return this.unitOfWork.run(async (tx) => {
      // Two admins who change different things at once must not undo each other.
      await tx.manager.query(`UPDATE staff_defaults SET id = id WHERE id = '${ID}'`);
      const before = await tx.manager.findOneByOrFail(StaffDefaults, { id: ID });
      const preferences = merged(before.preferences, change);
      await tx.manager.update(StaffDefaults, { id: ID }, { preferences });
      await this.audit.record(tx, {
        action: 'settings.changed',
        actorId: actor.id,
        object: { type: 'settings', id: 'staff-defaults' },
        data: { ...change },
      });
      return StaffDefaultsDto.from(merged(defaultPreferences(), preferences));
    });
  }
}
