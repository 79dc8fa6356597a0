import { sampleId, type Template, times } from './template';

const member = (path: string) => `@request.auth.id != "" && ${path} ?= @request.auth.id`;

const task = (number: number, project: number, title: string, state: string, priority: string) => ({
  id: sampleId('task', number),
  title,
  project: sampleId('project', project),
  state,
  priority,
});

/** Projects with members, and what there is to do. */
export const tasks: Template = {
  collections: [
    {
      name: 'projects',
      listRule: member('members'),
      viewRule: member('members'),
      createRule: member('members'),
      updateRule: member('members'),
      deleteRule: null,
      fields: [
        { name: 'name', type: 'text', required: true, presentable: true, max: 120 },
        { name: 'members', type: 'relation', to: 'users', maxSelect: 50 },
        { name: 'colour', type: 'select', maxSelect: 1, values: ['red', 'orange', 'green', 'blue'] },
        ...times,
      ],
    },
    {
      name: 'tasks',
      listRule: member('project.members'),
      viewRule: member('project.members'),
      createRule: member('project.members'),
      updateRule: member('project.members'),
      deleteRule: member('project.members'),
      fields: [
        { name: 'title', type: 'text', required: true, presentable: true, max: 200 },
        { name: 'project', type: 'relation', to: 'projects', maxSelect: 1, required: true, cascadeDelete: true },
        { name: 'state', type: 'select', maxSelect: 1, required: true, values: ['open', 'doing', 'done'] },
        { name: 'priority', type: 'select', maxSelect: 1, values: ['low', 'normal', 'high'] },
        { name: 'due', type: 'date' },
        { name: 'assignee', type: 'relation', to: 'users', maxSelect: 1 },
        { name: 'notes', type: 'editor' },
        { name: 'attachments', type: 'file', maxSelect: 10, maxSize: 20971520, protected: true },
        ...times,
      ],
    },
  ],
  records: [
    {
      collection: 'projects',
      items: [
        { id: sampleId('project', 1), name: 'Summer party', colour: 'orange' },
        { id: sampleId('project', 2), name: 'New website', colour: 'blue' },
      ],
    },
    {
      collection: 'tasks',
      items: [
        task(1, 1, 'Ask for the garden', 'done', 'high'),
        task(2, 1, 'Write the invitation', 'doing', 'high'),
        task(3, 1, 'Find somebody with a guitar', 'open', 'low'),
        task(4, 2, 'Collect the texts', 'doing', 'normal'),
        task(5, 2, 'Take new pictures', 'open', 'normal'),
      ],
    },
  ],
};
