namespace Trama.Framing.Sql;

/// <summary>The beginnings of the statements that a connection prepared, by name, and of those that its portals run.</summary>
internal sealed class PreparedStatements
{
    /// <summary>The most statements that are remembered, and as many portals.</summary>
    public const int MaxNames = 1024;

    /// <summary>The most bytes of a name, and of a statement, that are remembered.</summary>
    public const int MaxBytes = 512;

    private readonly Dictionary<ulong, PreparedStatement> _statements = [];
    private readonly Dictionary<ulong, PreparedStatement> _portals = [];

    /// <summary>Parse: a name stands for a statement from now on.</summary>
    public void Prepare(ReadOnlySpan<byte> name, ReadOnlySpan<byte> statement) =>
        Set(_statements, name, new PreparedStatement(statement[..Math.Min(statement.Length, MaxBytes)].ToArray()));

    /// <summary>Bind: a portal runs a statement from now on.</summary>
    public void Bind(ReadOnlySpan<byte> portal, ReadOnlySpan<byte> name)
    {
        if (_statements.TryGetValue(TextHash.Of(name), out PreparedStatement? statement)) Set(_portals, portal, statement);
        else _portals.Remove(TextHash.Of(portal));
    }

    /// <summary>Execute: the statement that a portal runs; null when unknown.</summary>
    public PreparedStatement? OfPortal(ReadOnlySpan<byte> portal) => _portals.GetValueOrDefault(TextHash.Of(portal));

    /// <summary>The statement that a name stands for; null when unknown.</summary>
    public PreparedStatement? OfName(ReadOnlySpan<byte> name) => _statements.GetValueOrDefault(TextHash.Of(name));

    /// <summary>Close: a name, or a portal, stands for nothing any more.</summary>
    public void Close(bool isPortal, ReadOnlySpan<byte> name) => (isPortal ? _portals : _statements).Remove(TextHash.Of(name));

    /// <summary>Forgets all: some may have been given another meaning.</summary>
    public void Clear()
    {
        _statements.Clear();
        _portals.Clear();
    }

    // Whoever is forgotten is unknown when its name comes up, never another one.
    private static void Set(Dictionary<ulong, PreparedStatement> named, ReadOnlySpan<byte> name, PreparedStatement statement)
    {
        if (named.Count >= MaxNames && !named.ContainsKey(TextHash.Of(name))) named.Clear();
        named[TextHash.Of(name)] = statement;
    }
}
