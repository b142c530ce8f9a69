namespace Trama.Peers.Serving.Conducts;

/// <summary>Sends each client zeros without being asked, and closes.</summary>
/// <param name="size">How many bytes.</param>
public sealed class Pouring(long size) : Conduct
{
    private static readonly ReadOnlyMemory<byte> Zeros = new byte[256 << 10];

    /// <inheritdoc/>
    internal override async Task<ConnectionEnd> ServeAsync(ServerConnection connection)
    {
        for (long left = size; left > 0 && connection.Asked is null; left -= Zeros.Length)
            await connection.Traffic.SendAsync(Zeros[..(int)Math.Min(left, Zeros.Length)]);
        return await connection.LingerAsync();
    }
}
