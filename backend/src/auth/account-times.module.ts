import { Global, Module } from '@nestjs/common';
import { AccountTimes } from '../users';
import { StoredAccountTimes } from './stored-account-times';

/** Binds the port of `users`: when people were here and invited. Global, because `auth` stands above `users`. */
@Global()
@Module({
  providers: [{ provide: AccountTimes, useClass: StoredAccountTimes }],
  exports: [AccountTimes],
})
export class AccountTimesModule {}
