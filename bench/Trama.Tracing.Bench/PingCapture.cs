using System.Buffers.Binary;
using Trama.Packets.Transport;

namespace Trama.Tracing.Bench;

/// <summary>
/// Writes a capture of request and reply, two packets an exchange, over a number of connections: what a load of a Redis server
/// with PING looks like.
/// </summary>
internal static class PingCapture
{
    private const uint Client = 0x0a000001;
    private const uint Server = 0x0a000002;
    private const ushort Port = 6379;

    public static void Write(string path, int exchanges, int connections)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 20);
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xa1b23c4d);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        file.Write(header);

        Span<byte> frame = stackalloc byte[256];
        long now = 1_700_000_000_000_000_000;
        var sent = new uint[connections, 2];
        for (int i = 0; i < connections; i++)
        {
            ushort port = (ushort)(40_000 + i);
            Put(file, now += 10_000, frame[..Frames.Write(frame, Client, port, Server, Port, 0, 0, TcpFlags.Syn, default, 1)]);
            Put(file, now += 10_000,
                frame[..Frames.Write(frame, Server, Port, Client, port, 0, 1, TcpFlags.Syn | TcpFlags.Ack, default, 1)]);
            Put(file, now += 10_000, frame[..Frames.Write(frame, Client, port, Server, Port, 1, 1, TcpFlags.Ack, default, 1)]);
            (sent[i, 0], sent[i, 1]) = (1, 1);
        }

        ReadOnlySpan<byte> ping = "*1\r\n$4\r\nPING\r\n"u8, pong = "+PONG\r\n"u8;
        for (int done = 0; done < exchanges; done += connections)
        {
            // A load generator with many connections sends to all, then hears from all.
            int round = Math.Min(connections, exchanges - done);
            for (int i = 0; i < round; i++)
            {
                int length = Frames.Write(frame, Client, (ushort)(40_000 + i), Server, Port, sent[i, 0], sent[i, 1],
                    TcpFlags.Psh | TcpFlags.Ack, ping, (ushort)done);
                Put(file, now += 2_000, frame[..length]);
                sent[i, 0] += (uint)ping.Length;
            }

            for (int i = 0; i < round; i++)
            {
                int length = Frames.Write(frame, Server, Port, Client, (ushort)(40_000 + i), sent[i, 1], sent[i, 0],
                    TcpFlags.Psh | TcpFlags.Ack, pong, (ushort)done);
                Put(file, now += 2_000, frame[..length]);
                sent[i, 1] += (uint)pong.Length;
            }
        }
    }

    private static void Put(Stream file, long at, ReadOnlySpan<byte> frame)
    {
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(at / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(at % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], frame.Length);
        file.Write(header);
        file.Write(frame);
    }
}
