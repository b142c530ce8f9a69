namespace Trama.Framing.Mysql;

/// <summary>A request that waits for its reply.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sequence">The sequence number that its reply begins with.</param>
/// <param name="HasSecret">Whether an error that repeats a part of the statement could tell a password.</param>
/// <param name="Statement">What it prepares.</param>
internal readonly record struct MysqlRequest(MysqlRequestKind Kind, byte Sequence = 1, bool HasSecret = false, byte[]? Statement = null);
