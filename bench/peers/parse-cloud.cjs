// The rule of `drafts`: a reader sees the drafts of the authors that they are a member of.
Parse.Cloud.beforeFind('drafts', request => {
  const members = new Parse.Query('members');
  members.equalTo('user', request.user ?? null);
  request.query.matchesKeyInQuery('author', 'author', members);
});
