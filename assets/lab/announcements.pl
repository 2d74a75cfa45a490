#!/usr/bin/perl
# Prints "MAC ADDRESS" for each gratuitous ARP that reaches the network interface named by the first
# argument, after a line "ready". Nothing else of the traffic is looked at: the socket gets ARP alone.
# It ends when its standard input does, so it never outlives whoever started it.
use strict;
use warnings;

use constant { AF_PACKET => 17, SOCK_RAW => 3, ETH_P_ARP => 0x0806, SIOCGIFINDEX => 0x8933 };

my ($interface) = @ARGV;
my $protocol = unpack 'S', pack 'n', ETH_P_ARP;
socket(my $arp, AF_PACKET, SOCK_RAW, $protocol) or die "socket: $!\n";
my $request = pack 'a16 x16', $interface;
ioctl($arp, SIOCGIFINDEX, $request) or die "$interface: $!\n";
my $index = unpack 'x16 i', $request;
bind($arp, pack 'S S i S C C x8', AF_PACKET, $protocol, $index, 0, 0, 0) or die "bind: $!\n";

$| = 1;
print "ready\n";
while (1) {
  my $waiting = '';
  vec($waiting, fileno($_), 1) = 1 for \*STDIN, $arp;
  next if select($waiting, undef, undef, undef) < 0;
  last if vec($waiting, fileno(STDIN), 1) && !sysread STDIN, my $said, 100;
  next unless vec($waiting, fileno($arp), 1) && defined recv $arp, my $frame, 100, 0;
  # 14 bytes of Ethernet (RFC 894) and 28 of ARP for IPv4 over Ethernet (RFC 826)
  next if length $frame < 42 || substr($frame, 14, 6) ne pack 'n n C C', 1, 0x0800, 6, 4;
  my $operation = unpack 'n', substr $frame, 20, 2;
  my ($sender, $target) = (substr($frame, 28, 4), substr($frame, 38, 4));
  next unless $sender eq $target && ($operation == 1 || $operation == 2);
  # the frame's own sender is whose card it was; one that claims for another card is nobody's
  my $mac = substr $frame, 6, 6;
  next if $mac ne substr $frame, 22, 6;
  print join(':', unpack '(H2)6', $mac), ' ', join('.', unpack 'C4', $sender), "\n";
}
