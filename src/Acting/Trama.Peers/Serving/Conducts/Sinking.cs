namespace Trama.Peers.Serving.Conducts;

/// <summary>Reads and forgets everything, and answers nothing.</summary>
public sealed class Sinking : Conduct
{
    // What is in it does not matter, so one serves all connections.
    private readonly byte[] _scratch = new byte[256 << 10];

    /// <inheritdoc/>
    internal override async Task<ConnectionEnd> ServeAsync(ServerConnection connection)
    {
        do await connection.Traffic.ReadableAsync();
        while (await connection.Traffic.DiscardAsync(_scratch) > 0 && connection.Asked is null);
        return ConnectionEnd.ClientClosed;
    }
}
