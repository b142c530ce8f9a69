using System.Runtime.InteropServices;
using Trama.Processes.Sockets;

namespace Trama.Processes.Forking;

/// <summary>What became of a process, as the kernel's process connector tells it (linux/cn_proc.h).</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Process">The number of the process: the new one of a fork.</param>
/// <param name="Parent">Of a fork, the process that forked.</param>
internal readonly record struct ProcessEvent(ProcessEventKind Kind, int Process, int Parent)
{
    /// <summary>The longest message, in bytes.</summary>
    public const int Room = 4096;

    // A netlink header, struct cn_msg, and struct proc_event up to its union.
    private const int ConnectorLength = 20, WhatAt = NetlinkMessages.HeaderLength + ConnectorLength, DataAt = WhatAt + 16;
    private const uint Fork = 1, Exit = 0x80000000;

    /// <summary>Reads a message; one of another kind, of a thread, or cut, is nothing.</summary>
    public static ProcessEvent Read(ReadOnlySpan<byte> message)
    {
        if (message.Length < DataAt + 16) return default;
        ReadOnlySpan<int> data = MemoryMarshal.Cast<byte, int>(message.Slice(DataAt, 16));
        return MemoryMarshal.Read<uint>(message[WhatAt..]) switch
        {
            // parent_pid, parent_tgid, child_pid, child_tgid: a new thread has its process's group.
            Fork when data[2] == data[3] => new ProcessEvent(ProcessEventKind.Forked, data[3], data[1]),
            // process_pid, process_tgid.
            Exit when data[0] == data[1] => new ProcessEvent(ProcessEventKind.Exited, data[1], 0),
            _ => default,
        };
    }

    /// <summary>The message that asks for events, or for no more.</summary>
    /// <param name="listen">Whether to begin.</param>
    public static byte[] Subscription(bool listen)
    {
        const ushort done = 3;
        byte[] message = new byte[NetlinkMessages.HeaderLength + ConnectorLength + 4];
        MemoryMarshal.Write(message, message.Length);
        MemoryMarshal.Write(message.AsSpan(4), done);
        // CN_IDX_PROC, CN_VAL_PROC; the length of what follows; PROC_CN_MCAST_LISTEN or _IGNORE.
        MemoryMarshal.Write(message.AsSpan(NetlinkMessages.HeaderLength), 1);
        MemoryMarshal.Write(message.AsSpan(NetlinkMessages.HeaderLength + 4), 1);
        MemoryMarshal.Write(message.AsSpan(NetlinkMessages.HeaderLength + 16), (ushort)4);
        MemoryMarshal.Write(message.AsSpan(NetlinkMessages.HeaderLength + ConnectorLength), listen ? 1 : 2);
        return message;
    }
}
