namespace Trama.Rows.Sql;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name, as the statement gives it: it may hold any character.</param>
/// <param name="Kind">What its values are.</param>
public sealed record ResultColumn(string Name, ResultKind Kind);
