using System.Globalization;
using Trama.Cli.Native;

namespace Trama.Cli.Commands.Running;

/// <summary>Waits for the end of a process that is no child of this one.</summary>
internal static class OtherProcess
{
    /// <summary>Returns when it has ended, or there is none.</summary>
    /// <param name="number">Its number.</param>
    public static void WaitFor(string number)
    {
        const int processDescriptor = 434;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int process)) return;
        int descriptor = (int)Libc.OpenProcess(processDescriptor, process, 0);
        if (descriptor < 0) return;
        var request = new PollRequest { Handle = descriptor, Events = PollRequest.CanRead };
        while (Libc.Poll(ref request, 1, -1) <= 0)
        {
            // Interrupted.
        }
    }
}
