namespace Trama.Peers.Serving.Conducts;

/// <summary>Talks with each client as somebody else decides, who may speak first, unasked and late.</summary>
/// <param name="talk">Talks with one client until there is nothing more to say.</param>
public sealed class Conversing(Func<ClientLine, Task<LineEnd>> talk) : Conduct
{
    /// <inheritdoc/>
    internal override async Task<ConnectionEnd> ServeAsync(ServerConnection connection)
    {
        switch (await TalkAsync(connection))
        {
            case LineEnd.ClientClosed: return ConnectionEnd.ClientClosed;
            case LineEnd.Cut: return ConnectionEnd.Cut;
            case LineEnd.TooLarge: return ConnectionEnd.TooLarge;
            case LineEnd.Close: return await connection.LingerAsync();
            default:
                connection.Transport.Abort();
                return ConnectionEnd.Misbehaved;
        }
    }

    private async Task<LineEnd> TalkAsync(ServerConnection connection)
    {
        var line = new ClientLine(connection);
        try
        {
            return await talk(line);
        }
        finally
        {
            line.Close();
        }
    }
}
