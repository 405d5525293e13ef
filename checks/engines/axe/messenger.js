// Carries axe's calls between frames without the page seeing them or being able to answer in a frame's place.
//
// axe's own messenger drops the whole page's result when one frame hangs or fails. This one gives such a frame up alone
// and lets the rest stand. Every frame of the page has the same token; the page has no way to learn it, because these
// listeners are the first and let no message of ours through to any other.
function makeMessenger(scope, token, guard) {
  const { apply } = scope.Reflect;
  const getter = (name) => scope.Reflect.getOwnPropertyDescriptor(scope.MessageEvent.prototype, name).get;
  const dataOf = getter("data");
  const sourceOf = getter("source");
  const stopEvent = scope.Event.prototype.stopImmediatePropagation;
  const listenTo = scope.EventTarget.prototype.addEventListener;
  const [postMessage, setTimeout, clearTimeout] = [scope.postMessage, scope.setTimeout, scope.clearTimeout];
  const { parse, stringify } = scope.JSON;
  const NESTED_SHARE = 0.75; // a frame must give up on its own frames before its parent gives up on it
  const waiting = Object.create(null); // channel -> {target, reply, timer}
  let handleTopic = null;

  // Every field is set on every parcel, so that nothing a page adds to Object.prototype can show through.
  function send(target, channel, topic, keepalive, message) {
    const isError = message instanceof Error;
    const text = isError ? "" : stringify(message === undefined ? null : message);
    apply(postMessage, target, [{ token, channel, topic, keepalive: Boolean(keepalive), isError, text }, "*"]);
  }

  function answer(source, channel, isStart) {
    return (message, keepalive) => {
      send(source, channel, "", keepalive, message);
      if (isStart) guard.restore();
    };
  }

  function takeReply(source, parcel) {
    const entry = waiting[parcel.channel];
    if (!entry || entry.target !== source) return;
    if (entry.timer) apply(clearTimeout, scope, [entry.timer]);
    if (!parcel.keepalive) delete waiting[parcel.channel];
    entry.reply(parcel.isError ? null : parse(parcel.text), parcel.keepalive, () => {});
  }

  function receive(event) {
    const parcel = apply(dataOf, event, []);
    if (typeof parcel !== "object" || parcel === null || parcel.token !== token) return;
    apply(stopEvent, event, []);
    const source = apply(sourceOf, event, []);
    if (!parcel.topic) return takeReply(source, parcel);
    if (source !== scope.parent || !handleTopic) return;
    const isStart = parcel.topic === "axe.start";
    if (isStart) guard.heal();
    const respond = answer(source, parcel.channel, isStart);
    const message = parse(parcel.text);
    handleTopic({ topic: parcel.topic, message, keepalive: parcel.keepalive, channelId: parcel.channel }, respond);
  }

  function listen() {
    apply(listenTo, scope, ["message", receive, true]);
  }

  function post(target, data, reply) {
    const entry = { target, reply, timer: 0 };
    waiting[data.channelId] = entry;
    let message = data.message;
    if (data.topic === "axe.start") {
      const wait = message.options.curbcutFrameWait;
      message = { ...message, options: { ...message.options, curbcutFrameWait: wait * NESTED_SHARE } };
      entry.timer = apply(setTimeout, scope, [() => {
        delete waiting[data.channelId];
        reply(null, false, () => {});
      }, wait]);
    }
    send(target, data.channelId, data.topic, data.keepalive, message);
    return true;
  }

  return {
    listen,
    axeMessenger: {
      open(handler) {
        handleTopic = handler;
        listen();
        return () => { handleTopic = null; };
      },
      post,
    },
  };
}
