export { CategoriesModule } from './categories.module';
export { CategoriesService } from './categories.service';
export type { CategoryRef } from './dto/category.dto';
