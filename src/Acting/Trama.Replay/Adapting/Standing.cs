namespace Trama.Replay.Adapting;

/// <summary>What a connection has come to, by which the same request means another.</summary>
/// <param name="Mode">Requests of one mode are never alike those of another: within MULTI of Redis all are only queued.</param>
/// <param name="Place">Where requests are about the same: a database, a folder, a mailbox. One of another place is better than
/// none.</param>
internal readonly record struct Standing(string? Mode, string? Place);
