import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles, type Actor } from '../../access';
import { CategoryUsesDto } from './category-uses.dto';
import { CategoryUses } from './category-uses';

@ApiTags('categories')
@ApiBearerAuth()
@Roles('admin')
@Controller('categories/uses')
export class CategoryUsesController {
  constructor(private readonly uses: CategoryUses) {}

  /** How many tickets have each category that is in use; one that is missing here can be deleted. */
  @Get()
  @ApiOkResponse({ type: [CategoryUsesDto] })
  list(@CurrentUser() actor: Actor): Promise<CategoryUsesDto[]> {
    return this.uses.list(actor);
  }
}
