import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { IsIn, validateSync } from 'class-validator';
import { ROLES, type Role } from '../access';
import { Passwords } from '../auth';
import { IsText, Length, Trim, ValidationFailed } from '../common';
import { UnitOfWork } from '../database';
import { EmailField, UsersService } from '../users';
import { readablePassword } from './demo/demo-accounts';

class NewPerson {
  @EmailField() readonly email!: string;
  @Trim() @IsText({ visible: true }) @Length(1, 100) readonly name!: string;
  @IsIn(ROLES, { message: `role must be one of ${ROLES.join(', ')}` }) readonly role!: Role;
}

export interface CreatedPerson {
  email: string;
  role: Role;
  /** Present when it was made here; it is stored nowhere in the clear. */
  madePassword?: string;
}

/** People made by whoever runs the server. */
@Injectable()
export class UserCreation {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: Passwords,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes a password when none is given. */
  async create(given: { email: string; name: string; role: string; password?: string }): Promise<CreatedPerson> {
    const { email, name, role } = checked(given);
    const madePassword = given.password === undefined ? readablePassword() : undefined;
    const passwordHash = await this.passwords.choose(given.password ?? madePassword ?? '', email);
    await this.unitOfWork.run((tx) => this.users.create(tx, { email, name, role, passwordHash, confirmed: true }));
    return { email, role, ...(madePassword && { madePassword }) };
  }
}

function checked({ email, name, role }: { email: string; name: string; role: string }): NewPerson {
  const person = plainToInstance(NewPerson, { email, name, role });
  const errors = validateSync(person).flatMap(({ property, constraints = {} }) =>
    Object.values(constraints).map((message) => ({ path: property, message })),
  );
  if (errors.length) throw new ValidationFailed(errors);
  return person;
}
