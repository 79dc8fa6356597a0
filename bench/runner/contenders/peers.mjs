export async function preparePeers() { return []; }
