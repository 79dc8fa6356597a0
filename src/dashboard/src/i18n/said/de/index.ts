import type { Book } from '../phrases';
import { faults } from './faults';
import { findings } from './findings';
import { messages } from './messages';
import { mistakes } from './mistakes';
import { parts } from './parts';
import { steps } from './steps';

const book: Book = { faults, sentences: [...messages, ...mistakes, ...findings, ...steps], parts };

export default book;
