const en = { title: 'Your account' };

export default en;
