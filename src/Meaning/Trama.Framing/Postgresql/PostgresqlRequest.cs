namespace Trama.Framing.Postgresql;

/// <summary>A request that waits for its reply.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Awaits">How many completions its messages bring, where it is made of those of the extended query.</param>
/// <param name="HasSync">Whether ReadyForQuery ends its reply.</param>
internal readonly record struct PostgresqlRequest(PostgresqlRequestKind Kind, int Awaits, bool HasSync);
