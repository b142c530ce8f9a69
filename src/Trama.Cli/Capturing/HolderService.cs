using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;
using Trama.Processes.Holders;
using Trama.Processes.Owning;

namespace Trama.Cli.Capturing;

/// <summary>
/// A small process that stays when this one gives root up: it may look at the descriptors of all processes, and can do nothing else. It
/// takes numbers of sockets and gives back who holds them; it looks at no byte of anybody's.
/// </summary>
internal sealed class HolderService : ISocketHolderSource
{
    /// <summary>The command line's first word that starts it. Not for people.</summary>
    public const string Word = "__holders";

    // A question: everywhere or not, how many sockets, their numbers. An answer: how many holders, and for each socket, process, start.
    private const int MostSockets = 1 << 12;
    private const int MostHolders = 1 << 16;
    private const int HolderLength = 16;

    private readonly Process _process;
    private readonly Stream _questions, _answers;
    private bool _isGone;

    private HolderService(Process process)
    {
        _process = process;
        (_questions, _answers) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
    }

    /// <summary>Who tells of holders: such a process, when root's rights will be given up; else this one looks itself.</summary>
    public static ISocketHolderSource Start()
    {
        if (Privileges.User is not { } user) return new OwnLook();
        var start = new ProcessStartInfo(ThisProgram.Path, [Word, $"{user.User}", $"{user.Group}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return new HolderService(Process.Start(start)!);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            return new OwnLook();
        }
    }

    /// <summary>Answers until there are no more questions: what the process does that <see cref="Start"/> starts.</summary>
    public static int Serve(uint user, uint group)
    {
        if (!Capabilities.KeepLooking(user, group)) return ExitCode.Failed;
        // Ctrl-C is for the one who asks, and ends the questions.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using Stream questions = Console.OpenStandardInput(), answers = Console.OpenStandardOutput();
        var search = new HolderSearch();
        byte[] head = new byte[8];
        while (questions.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            int count = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4));
            if (count is < 0 or > MostSockets) return ExitCode.Failed;
            byte[] numbers = new byte[count * sizeof(uint)];
            questions.ReadExactly(numbers);
            var wanted = new HashSet<uint>();
            for (int i = 0; i < count; i++) wanted.Add(BinaryPrimitives.ReadUInt32LittleEndian(numbers.AsSpan(i * sizeof(uint))));
            var found = new Dictionary<uint, List<Holder>>();
            search.Find(wanted, head[0] != 0, found);
            Answer(answers, found);
        }

        return ExitCode.Done;
    }

    /// <inheritdoc/>
    public uint? OnlyUser => null;

    /// <inheritdoc/>
    public Dictionary<uint, List<Holder>> Find(IReadOnlySet<uint> wanted, bool everywhere)
    {
        var found = new Dictionary<uint, List<Holder>>();
        if (_isGone) return found;
        try
        {
            uint[] numbers = [.. wanted.Take(MostSockets)];
            byte[] question = new byte[8 + numbers.Length * sizeof(uint)];
            question[0] = everywhere ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt32LittleEndian(question.AsSpan(4), numbers.Length);
            for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(question.AsSpan(8 + i * sizeof(uint)),
                numbers[i]);
            _questions.Write(question);
            _questions.Flush();
            ReadAnswer(found);
        }
        catch (IOException)
        {
            _isGone = true;
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _questions.Dispose();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static void Answer(Stream answers, Dictionary<uint, List<Holder>> found)
    {
        int count = Math.Min(MostHolders, found.Values.Sum(holders => holders.Count)), at = sizeof(int);
        byte[] answer = new byte[sizeof(int) + count * HolderLength];
        BinaryPrimitives.WriteInt32LittleEndian(answer, count);
        foreach ((uint inode, Holder holder) in found.SelectMany(pair => pair.Value.Select(holder => (pair.Key, holder))).Take(count))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(answer.AsSpan(at), inode);
            BinaryPrimitives.WriteInt32LittleEndian(answer.AsSpan(at + 4), holder.Process);
            BinaryPrimitives.WriteUInt64LittleEndian(answer.AsSpan(at + 8), holder.StartedTicks);
            at += HolderLength;
        }

        answers.Write(answer);
        answers.Flush();
    }

    private void ReadAnswer(Dictionary<uint, List<Holder>> found)
    {
        byte[] head = new byte[sizeof(int)];
        _answers.ReadExactly(head);
        int count = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (count is < 0 or > MostHolders) throw new IOException("not an answer");
        byte[] answer = new byte[count * HolderLength];
        _answers.ReadExactly(answer);
        for (int at = 0; at < answer.Length; at += HolderLength)
        {
            uint inode = BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(at));
            if (!found.TryGetValue(inode, out List<Holder>? holders)) found[inode] = holders = [];
            holders.Add(new Holder(
                BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(at + 4)),
                BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(at + 8))));
        }
    }
}
