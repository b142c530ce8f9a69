using System.Buffers.Binary;
using System.Text;

namespace Trama.Rows.Tests;

/// <summary>Captures of one connection from 10.0.0.1 to 10.0.0.2:80, made here.</summary>
internal static class HttpConversation
{
    private const byte Syn = 2;
    private const byte Ack = 16;

    /// <summary>A capture in which one side asks and the other replies, as often as there are texts.</summary>
    public static byte[] Capture(params string[] texts) => Capture([.. texts.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>A capture in which one side says bytes and the other replies with some, as often as there are any.</summary>
    public static byte[] Capture(byte[][] said)
    {
        var file = new MemoryStream();
        // pcap, nanoseconds, raw IP.
        foreach (uint word in (uint[])[0xa1b23c4d, 0x00040002, 0, 0, 65535, 101])
            file.Write(BitConverter.GetBytes(word));
        (uint client, uint server) = (1, 1);
        Packet(file, 0, fromClient: true, 0, 0, Syn, []);
        Packet(file, 1, fromClient: false, 0, 1, Syn | Ack, []);
        Packet(file, 2, fromClient: true, 1, 1, Ack, []);
        for (int i = 0; i < said.Length; i++)
        {
            byte[] payload = said[i];
            bool fromClient = i % 2 == 0;
            Packet(file, 10 + (i * 5), fromClient, fromClient ? client : server, fromClient ? server : client, Ack, payload);
            if (fromClient) client += (uint)payload.Length;
            else server += (uint)payload.Length;
        }

        return file.ToArray();
    }

    private static void Packet(
        MemoryStream file, int milliseconds, bool fromClient, uint sequence, uint acknowledgement, byte flags, byte[] payload)
    {
        byte[] packet = new byte[40 + payload.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        (packet[8], packet[9]) = (64, 6);
        ((byte[])[10, 0, 0, (byte)(fromClient ? 1 : 2), 10, 0, 0, (byte)(fromClient ? 2 : 1)]).CopyTo(packet, 12);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(20), (ushort)(fromClient ? 40000 : 80));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(22), (ushort)(fromClient ? 80 : 40000));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(24), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(28), acknowledgement);
        (packet[32], packet[33]) = (0x50, flags);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(34), 64000);
        payload.CopyTo(packet, 40);
        foreach (uint word in (uint[])[1_750_000_000, (uint)milliseconds * 1_000_000, (uint)packet.Length, (uint)packet.Length])
            file.Write(BitConverter.GetBytes(word));
        file.Write(packet);
    }
}
