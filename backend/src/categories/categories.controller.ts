import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { AnyRole, CurrentUser, Roles, type Actor } from '../access';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../idempotency';
import { CategoriesService } from './categories.service';
import {
  CategoryDto,
  CategoryListQuery,
  CategoryOrderDto,
  CreateCategoryDto,
  UpdateCategoryDto,
} from './dto/category.dto';

@ApiTags('categories')
@ApiBearerAuth()
@Controller('categories')
export class CategoriesController {
  constructor(
    private readonly categories: CategoriesService,
    private readonly idempotency: Idempotency,
  ) {}

  /** The categories a ticket can have, in their order. */
  @Get()
  @AnyRole()
  @ApiOkResponse({ type: [CategoryDto] })
  list(@CurrentUser() actor: Actor, @Query() { archived }: CategoryListQuery): Promise<CategoryDto[]> {
    return this.categories.list(actor, archived === true);
  }

  /** Adds a category; its name must be new. */
  @Post()
  @Roles('admin')
  @AcceptsIdempotencyKey()
  @ApiCreatedResponse({ type: CategoryDto })
  @ApiConflictResponse({ description: '`name-taken`, `in-progress`' })
  create(
    @CurrentUser() actor: Actor,
    @Body() category: CreateCategoryDto,
    @KeyOfRequest() request: KeyedRequest,
  ): Promise<CategoryDto> {
    return this.idempotency.once(
      request,
      () => this.categories.create(actor, category),
      (id) => this.categories.get(id),
    );
  }

  /** Sets the order in which they are offered; refused when a category was added or removed meanwhile. */
  @Put('order')
  @Roles('admin')
  @ApiOkResponse({ type: [CategoryDto] })
  @ApiConflictResponse({ description: '`order-outdated`' })
  order(@CurrentUser() actor: Actor, @Body() { ids }: CategoryOrderDto): Promise<CategoryDto[]> {
    return this.categories.order(actor, ids);
  }

  /** Renames, explains, archives or offers again. */
  @Patch(':categoryId')
  @Roles('admin')
  @ApiOkResponse({ type: CategoryDto })
  @ApiConflictResponse({ description: '`name-taken`' })
  update(
    @CurrentUser() actor: Actor,
    @Param('categoryId', ParseUUIDPipe) categoryId: string,
    @Body() change: UpdateCategoryDto,
  ): Promise<CategoryDto> {
    return this.categories.update(actor, categoryId, change);
  }

  /** Only one that no ticket uses; archive it otherwise. */
  @Delete(':categoryId')
  @Roles('admin')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: '`in-use`' })
  async remove(@CurrentUser() actor: Actor, @Param('categoryId', ParseUUIDPipe) categoryId: string): Promise<void> {
    await this.categories.remove(actor, categoryId);
  }
}
