// Says hello to whoever the state machine's input names.
exports.handler = async (event) => `Hello from Lambda, ${event.Input.who}!`;
