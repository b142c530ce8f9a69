namespace Trama.Framing.Modbus;

/// <summary>Modbus over TCP (MODBUS Messaging on TCP/IP Implementation Guide V1.0b).</summary>
internal sealed class ModbusProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "modbus";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [502];

    /// <summary>Nothing in the bytes is its own: the port has to say it, too.</summary>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        isHinted ? ModbusStream.Judge(speaker, first, out _) : Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var keys = new ReusedKeys();
        return new(Name, new ModbusStream(Direction.ToServer, keys), new ModbusStream(Direction.ToClient, keys));
    }
}
