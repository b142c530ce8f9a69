using CsCheck;
using Trama.Processes.Forking;

namespace Trama.Processes.Tests;

/// <summary>Who descends from a process, as the kernel tells of forks and ends.</summary>
public class DescendantsTests
{
    private const int Root = 100;

    [Fact]
    public void A_grandchild_is_one_and_stays_one_after_its_end()
    {
        var descendants = new Descendants(Root);
        descendants.Note(new ProcessEvent(ProcessEventKind.Forked, 200, Root));
        descendants.Note(new ProcessEvent(ProcessEventKind.Forked, 300, 200));
        descendants.Note(new ProcessEvent(ProcessEventKind.Exited, 200, 0));
        descendants.Note(new ProcessEvent(ProcessEventKind.Exited, 300, 0));
        Assert.True(descendants.Has(200) && descendants.Has(300));
        Assert.False(descendants.Has(Root));
    }

    [Fact]
    public void A_number_that_another_process_got_is_none()
    {
        var descendants = new Descendants(Root);
        descendants.Note(new ProcessEvent(ProcessEventKind.Forked, 200, Root));
        descendants.Note(new ProcessEvent(ProcessEventKind.Exited, 200, 0));
        descendants.Note(new ProcessEvent(ProcessEventKind.Forked, 200, 1));
        Assert.False(descendants.Has(200));
    }

    [Fact]
    public void Agrees_with_a_tree_of_forks()
    {
        Gen.Select(Gen.Int[100, 120], Gen.Int[101, 120]).List[0, 100].Sample(forks =>
        {
            var descendants = new Descendants(Root);
            var parents = new Dictionary<int, int>();
            foreach ((int parent, int child) in forks.Where(fork => fork.Item1 < fork.Item2 && !parents.ContainsKey(fork.Item2)))
            {
                parents[child] = parent == Root || parents.ContainsKey(parent) ? parent : 1;
                descendants.Note(new ProcessEvent(ProcessEventKind.Forked, child, parents[child]));
            }

            foreach (int process in parents.Keys) Assert.Equal(IsBelowRoot(process), descendants.Has(process));

            bool IsBelowRoot(int process) => process == Root || (parents.TryGetValue(process, out int parent) && IsBelowRoot(parent));
        });
    }

    [Fact]
    public void Any_message_is_read_or_nothing() => Gen.Byte.Array[0, 120].Sample(message => _ = ProcessEvent.Read(message));
}
