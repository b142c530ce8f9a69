using Trama.Processes.Facts;

namespace Trama.Processes.Tests.Facts;

public class ProcessNumbersTests
{
    [Fact]
    public void A_process_of_ours_has_its_number_where_proc_is_ours()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "other systems have no /proc");
        Assert.Equal(Environment.ProcessId, ProcessNumbers.InProc(Environment.ProcessId));
        Assert.False(Directory.Exists($"/proc/{ProcessNumbers.None}"));
    }
}
