-- The stand-in's schema: IAM's four tables, its two triggers with their definer, and the row of the
-- administrator (admin / Admin@2021). Like IAM's own file it drops what is there: run it once only.

CREATE DATABASE IF NOT EXISTS `iam` DEFAULT CHARACTER SET utf8;
USE `iam`;

DROP TABLE IF EXISTS `policy_audit`;
DROP TABLE IF EXISTS `policy`;
DROP TABLE IF EXISTS `secret`;
DROP TABLE IF EXISTS `user`;

CREATE TABLE `user` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `instanceID` varchar(32) DEFAULT NULL,
  `name` varchar(45) NOT NULL,
  `status` int DEFAULT 1,
  `nickname` varchar(30) NOT NULL,
  `password` varchar(255) NOT NULL,
  `email` varchar(256) NOT NULL,
  `phone` varchar(20) DEFAULT NULL,
  `isAdmin` tinyint unsigned NOT NULL DEFAULT 0,
  `extendShadow` longtext DEFAULT NULL,
  `loginedAt` timestamp NULL DEFAULT NULL,
  `createdAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `updatedAt` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (`id`),
  UNIQUE KEY `user_name` (`name`),
  UNIQUE KEY `user_instance` (`instanceID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `secret` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `instanceID` varchar(32) DEFAULT NULL,
  `name` varchar(45) NOT NULL,
  `username` varchar(255) NOT NULL,
  `secretID` varchar(36) NOT NULL,
  `secretKey` varchar(255) NOT NULL,
  `expires` bigint NOT NULL DEFAULT 0,
  `description` varchar(255) NOT NULL,
  `extendShadow` longtext DEFAULT NULL,
  `createdAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `updatedAt` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (`id`),
  UNIQUE KEY `secret_instance` (`instanceID`),
  KEY `secret_owner` (`username`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `policy` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `instanceID` varchar(32) DEFAULT NULL,
  `name` varchar(45) NOT NULL,
  `username` varchar(255) NOT NULL,
  `policyShadow` longtext DEFAULT NULL,
  `extendShadow` longtext DEFAULT NULL,
  `createdAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `updatedAt` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (`id`),
  UNIQUE KEY `policy_instance` (`instanceID`),
  KEY `policy_owner` (`username`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `policy_audit` (
  `id` bigint unsigned NOT NULL,
  `instanceID` varchar(32) DEFAULT NULL,
  `name` varchar(45) NOT NULL,
  `username` varchar(255) NOT NULL,
  `policyShadow` longtext DEFAULT NULL,
  `extendShadow` longtext DEFAULT NULL,
  `createdAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `updatedAt` timestamp NOT NULL DEFAULT current_timestamp(),
  `deletedAt` timestamp NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

DELIMITER ;;
CREATE DEFINER=`iam`@`127.0.0.1` TRIGGER `policy_before_delete` BEFORE DELETE ON `policy` FOR EACH ROW
BEGIN
  INSERT INTO `policy_audit`
    (`id`, `instanceID`, `name`, `username`, `policyShadow`, `extendShadow`, `createdAt`, `updatedAt`)
  VALUES
    (OLD.`id`, OLD.`instanceID`, OLD.`name`, OLD.`username`, OLD.`policyShadow`, OLD.`extendShadow`,
     OLD.`createdAt`, OLD.`updatedAt`);
END;;
CREATE DEFINER=`iam`@`127.0.0.1` TRIGGER `user_before_delete` BEFORE DELETE ON `user` FOR EACH ROW
BEGIN
  DELETE FROM `secret` WHERE `username` = OLD.`name`;
  DELETE FROM `policy` WHERE `username` = OLD.`name`;
END;;
DELIMITER ;

INSERT INTO `user` (`instanceID`, `name`, `status`, `nickname`, `password`, `email`, `phone`, `isAdmin`,
                    `extendShadow`)
VALUES ('user-standin', 'admin', 1, 'admin',
        '$2a$10$Qm1kZ3R2c0x5T2ZwV2hXZeAujyU/a67F7T2st8390q0BL8oRukI3K',
        'admin@example.com', '18100000000', 1, '{}');
